/**
 * Words by what they stand for, so that what is learnt from one of them counts for the others: who, what befalls them, when, and
 * what takes the danger out of it. One line a sense, the words as normalised text without spaces inside.
 */
export const senseWords = {
  self: 'ผม หนู ฉัน ดิฉัน เรา กู ข้อย เฮา ตัวเอง i me my myself',
  kin: 'พ่อ แม่ คุณพ่อ คุณแม่ ลูก ลูกสาว ลูกชาย ปู่ ย่า ยาย ลุง ป้า น้า พี่ พี่สาว พี่ชาย น้อง น้องสาว น้องชาย หลาน สามี ภรรยา เมีย ผัว แฟน เพื่อน พ่อใหญ่ แม่ใหญ่ พ่อเฒ่า แม่เฒ่า อีพ่อ อีแม่ บักหล่า อีหล้า mother mom father dad son daughter wife husband friend brother sister grandma grandmother',
  child: 'เด็ก ทารก เด็กทารก เด็กอ่อน ลูกอ่อน ละอ่อน นักเรียน ขวบ baby child kid kids toddler',
  person:
    'คน ผู้หญิง ผู้ชาย คนงาน คนแก่ คนขับ คนไข้ ช่าง ลูกบ้าน เพื่อนบ้าน ข้างบ้าน ข้างห้อง ผู้เฒ่า นักท่องเที่ยว man woman someone people guy neighbor',
  foe: 'โจร คนร้าย ขโมย แฟนเก่า ผัวเก่า สามีเก่า พ่อเลี้ยง แก๊ง คนเมา เจ้าหนี้ คนแปลกหน้า นายจ้าง เอเย่นต์ ex stepdad intruder',
  body: 'หัว หน้า ปาก คอ อก หน้าอก ท้อง แขน ขา มือ เท้า นิ้ว หลัง ลิ้น กระดูก หัวใจ ลมหายใจ ชีพจร เนื้อ แผล สะโพก chest head arm leg throat face',
  severe:
    'หมดสติ สลบ ชัก เกร็ง กระตุก หน้าเขียว ตัวเขียว ตัวเย็น ม่วง คล้ำ ซีด นิ่ง แน่นิ่ง ตัวอ่อน ตาค้าง ตาเหลือก ตาลอย น้ำลายฟูมปาก อ่อนแรง เบี้ยว ซึม เพ้อ วูบ หน้ามืด ทรุด หอบ เฮือก จม จมน้ำ สำลัก ติดคอ บวม พอง ลอก หัก ขาด ทะลัก ทะลุ เสียบ โผล่ ชา อัมพาต ช็อก ช็อต ไฟดูด ไฟช็อต เป็นลม สาหัส เจ็บหนัก ล้มลง หายใจ ไม่หายใจ ไม่ขยับ unconscious collapsed seizure choking breathing breathe bleeding unresponsive overdose stroke',
  blood: 'เลือด เลือดออก ตกเลือด เลือดไหล เลือดสด blood',
  answers: 'เรียก ปลุก ตอบ ขยับ ลุก กระดิก ตื่น พูด ร้อง เขย่า respond responding wake',
  no: 'ไม่ ไม่ได้ ไม่มี บ่ บ่ได้ ไม่ยอม ไม่อยาก ไม่ไหว no not never cannot',
  death: 'ตาย เสียชีวิต ฆ่า ข้า ศพ ฆ่าตัวตาย ผูกคอ แขวนคอ โดดตึก die dead dying kill killed killing suicide',
  end: 'จบ จบๆ จบชีวิต พอแล้ว ลาก่อน สุดท้าย ภาระ โลกนี้ ชาติหน้า ชีวิต อยู่ไป อีกแล้ว พ้น สั่งเสีย จดหมาย ไร้ค่า ขอโทษ ฝาก goodbye forever burden live living life anymore gone',
  means:
    'ยา ยานอนหลับ เม็ด แผง กระปุก เชือก มีดโกน สะพาน ดาดฟ้า ตึก ระเบียง ราว รางรถไฟ ถ่าน ยาฆ่าแมลง ยาฆ่าหญ้า ยาพิษ ยาเบื่อ น้ำยา กระโดด โดด กรีด pills rope bridge roof jump',
  attack:
    'ตี ตบ ต่อย เตะ ฟัน แทง ยิง ซ้อม กระทืบ บีบคอ ทุบ ฟาด ลาก กระชาก ไล่ ทำร้าย ข่มขืน ลวนลาม ขู่ มัด กัด รุม ชก ผลัก ฉุด บังคับ ราด สาด งัด บุก ปล้น จี้ จับ ตบตี beat beating hit hitting stab stabbed shoot shot attack attacked threatening following',
  weapon: 'มีด ปืน ขวาน อีโต้ พร้า ไม้ ท่อนเหล็ก ระเบิด น้ำกรด เข็มขัด knife gun machete belt',
  trapped:
    'ติดอยู่ ออกไม่ได้ หนี หลบ ซ่อน ล็อก ขัง ถูกขัง โดนขัง ทับ ฝัง ใต้ซาก ลี้ ล่ามโซ่ กักขัง ยึด stuck trapped locked hiding',
  fire: 'ไฟ ไฟไหม้ ไฟลุก ลุก ลาม ควัน เปลว ไหม้ แก๊ส แก๊สรั่ว รั่ว สารเคมี ไฟป่า ประกายไฟ fire smoke burning burn gas',
  flood: 'น้ำท่วม ท่วม น้ำป่า คลื่น ดินถล่ม ถล่ม โคลน พังลงมา แผ่นดินไหว พายุ ล่ม ซัด พัด หลังคา ลอยคอ flood rising',
  crash: 'ชน รถชน คว่ำ พลิก ตก ร่วง ล้ม หล่น พัง ตกน้ำ กระแทก กระเด็น crash crashed fell',
  lost: 'หาย หายไป หายตัว หลง พลัดหลง กลับ ติดต่อ โทรไม่ติด ปิดเครื่อง หา เจอ ออกไป missing lost',
  beast: 'งู งูเห่า ผึ้ง ต่อ ตะขาบ แมงป่อง ฉก ตอด จระเข้ ช้าง หมากัด snake bite bitten',
  birth: 'ท้อง คลอด น้ำเดิน น้ำแตก ครรภ์ รก สายสะดือ labor pregnant birth',
  swallow: 'กิน ดื่ม กลืน แพ้ พิษ เห็ด ยาเกินขนาด swallow swallowed drank took allergic',
  money:
    'เงิน โอน บัญชี ยอด หมื่น แสน บาท ธนาคาร รหัส otp แอป ลิงก์ สแกน อายัด ถอน money transfer transferred account bank',
  trick: 'หลอก โดนหลอก มิจ มิจฉาชีพ แก๊งคอลเซ็นเตอร์ ปลอม ดูด ดูดเงิน แฮก อ้าง scam scammer fake tricked',
  now: 'ตอนนี้ กำลัง เมื่อกี้ เมื่อครู่ เพิ่ง เดี๋ยวนี้ อยู่ดีๆ อยู่ๆ นาที ด่วน คืนนี้ ยัง now just tonight currently',
  help: 'ช่วย ช่วยด้วย ช่วยที ตำรวจ รถพยาบาล กู้ภัย กู้ชีพ ทำไง ทำไงดี ทำยังไง มาเร็ว ซ่อยแหน่ ซ่อย help police ambulance send',
  fear: 'กลัว ร้องไห้ เหนื่อย ท้อ หมดหวัง เกลียด เจ็บ ปวด แสบ ทรมาน ย้าน scared afraid hurt pain tired',
  past: 'เมื่อวาน เมื่อก่อน ปีก่อน ปีที่แล้ว เดือนก่อน เดือนที่แล้ว อาทิตย์ก่อน เคย ตอนเด็ก สมัยก่อน นานแล้ว สมัย yesterday ago last used',
  over: 'ดีขึ้น หายดี หายแล้ว ปลอดภัย โล่ง พลาสเตอร์ หยุดแล้ว รอด ไม่เป็นไร นิดเดียว นิดหน่อย นิดนึง ถลอก ได้คืน บล็อก วางสาย เรียบร้อย fine recovered okay safe',
  story:
    'หนัง ละคร ซีรีส์ เกม ข่าว นิยาย การ์ตูน เพลง ฝัน ตอนจบ พระเอก นางเอก ตัวร้าย ตัวละคร คลิป สารคดี ด่าน บอส พอดแคสต์ ผี เลขเด็ด หวย movie game song dream episode series book',
  sport: 'บอล ทีม ประตู กองหลัง กองหน้า นัด แข่ง มวย แชมป์ วิ่ง ชนะ ปั่น แบด ว่ายน้ำ team match goal gym',
  cook: 'แกง ผัด ย่าง ทอด ต้ม ร้าน อาหาร เผ็ด อร่อย แซ่บ ข้าว ปิ้ง หม้อ กระทะ ส้มตำ กาแฟ ชา food coffee spicy',
  thing:
    'มือถือ โทรศัพท์ คอม แบต เน็ต แอร์ ทีวี ปลั๊ก เครื่อง กุญแจ กระเป๋า รถติด สตาร์ท จอ phone battery laptop wifi computer keys',
  animal: 'แมว หมา สุนัข ปลา นก ไก่ วัว ควาย ต้นไม้ ต้น ปลวก แมลงสาบ ยุง มด หญ้า cat dog fish plant',
  fun: 'สนุก ขำ ตลก ฮา น่ารัก สวย ฟิน ดีใจ เขิน ชอบ อยากได้ อยากไป เที่ยว มันมาก lol haha fun funny happy love',
  asks: 'ที่ไหน เท่าไหร่ เท่าไร กี่ ไหม ไหน อะไร เมื่อไหร่ เมื่อไร ทำไม ราคา จริงไหม ใช่ไหม where when what why much',
  work: 'งาน เจ้านาย หัวหน้า ประชุม สอบ โรงเรียน เรียน การบ้าน ครู ลาออก work boss exam office school',
  papers:
    'เอกสาร สิทธิ เบิก ใบ ลงทะเบียน ประกัน บัตร สมัคร ขอ ร้องเรียน อบรม คอร์ส ซ้อม ประวัติ รายงาน สถิติ ชดเชย เยียวยา insurance class course apply form',
} as const;
